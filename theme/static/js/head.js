// Waited for in the head: a page looks as its reader wants it before its first paint. display.js has the choices.
((data) => {
  data.js = "";
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") data.theme = theme;
    const kept = (name) =>
      JSON.parse(localStorage.getItem("digest" + new URL(data.root, location.href).pathname + name)) || "";
    Object.assign(data, kept("display"));
    // No picture is asked for at all, whatever the page says.
    if (data.pictures === "none")
      document.write('<meta http-equiv="Content-Security-Policy" content="img-src &#39;none&#39;">');
    // mute.js takes out what is muted when it has the whole page; nothing is to move then.
    if (kept("hidden")[0] || kept("muted")[0]) {
      data.waits = "";
      addEventListener("DOMContentLoaded", () => delete data.waits);
    }
  } catch (error) {
    // Storage may be switched off; the page is right as it is then.
  }
})(document.documentElement.dataset);
