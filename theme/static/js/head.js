// Inline in the head: the page must have the reader's colours before its first paint.
(function (root) {
  root.dataset.js = "";
  try {
    var theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch (error) {
    // Storage may be switched off; the system's colours are right then.
  }
})(document.documentElement);
