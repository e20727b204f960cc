// Inline in the head: a page looks as its reader wants it before its first paint. display.js has the choices.
(function (root) {
  var data = root.dataset;
  data.js = "";
  try {
    var store = localStorage;
    var theme = store.getItem("theme");
    if (theme === "light" || theme === "dark") data.theme = theme;
    var kept = function (name) {
      return JSON.parse(store.getItem("digest" + new URL(data.root, location.href).pathname + name)) || {};
    };
    var display = kept("display");
    if (display.size) data.size = display.size;
    if (display.width) data.width = display.width;
    if (display.pictures === false) {
      // No picture is asked for at all, whatever the page says.
      data.pictures = "none";
      var policy = document.createElement("meta");
      policy.httpEquiv = "Content-Security-Policy";
      policy.content = "img-src 'none'";
      document.head.append(policy);
    }
    if (kept("hidden").length || kept("muted").length) {
      // stories.js takes out what is muted when it has the whole page; nothing is to move then.
      data.waits = "";
      document.addEventListener("DOMContentLoaded", function () {
        delete data.waits;
      });
    }
  } catch (error) {
    // Storage may be switched off; the page is right as it is then.
  }
})(document.documentElement);
