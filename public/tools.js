// Buttons of pages that the server draws alone: copy, share, print. Each stands hidden in the page, beside text that can
// be used without it, and is shown only where the browser can do what it says.
//
// A classic script in ES5 syntax, like boot.js.
(function () {
  "use strict";

  function each(name, action) {
    var found = document.querySelectorAll("[data-" + name + "]");
    for (var at = 0; at < found.length; at += 1) {
      found[at].removeAttribute("hidden");
      found[at].addEventListener("click", action);
    }
  }

  // The words that a button says once it has done its work.
  function done(button) {
    var words = button.getAttribute("data-done");
    var status = document.getElementById("tools-status");
    if (words && status) status.textContent = words;
  }

  each("copy", function () {
    var button = this;
    var field = document.getElementById(button.getAttribute("data-copy"));
    field.focus();
    field.select();
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(field.value).then(function () { done(button); }, function () {});
    } else if (document.execCommand("copy")) {
      done(button);
    }
  });

  if (navigator.share) {
    each("share", function () {
      navigator.share({ title: document.title, url: location.href }).then(null, function () {});
    });
  }

  // Apps that have no printer say so on the page instead.
  var cannot = document.documentElement.getAttribute("data-cannot") || "";
  if (window.print && cannot.indexOf("print") < 0) {
    each("print", function () { window.print(); });
  }
})();
