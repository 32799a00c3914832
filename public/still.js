// What the server's own pages gain where scripts run: lists that keep themselves true, a button that prints, a question
// before typed words are left behind. Without it every page works as it stands.
//
// A classic script in ES5 syntax: these pages are opened on old tablets too. Nothing is kept in the browser.
(function () {
  "use strict";

  var EVERY = 15000;

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  // ---- printing ----

  all("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });
  all("[data-print-hint]").forEach(function (hint) {
    hint.hidden = true;
  });

  // ---- typed words ----

  all("form[data-guard]").forEach(function (form) {
    var typed = false;
    form.addEventListener("input", function () {
      typed = true;
    });
    form.addEventListener("submit", function () {
      typed = false;
    });
    window.addEventListener("beforeunload", function (event) {
      if (!typed) return undefined;
      event.preventDefault();
      event.returnValue = form.getAttribute("data-guard");
      return event.returnValue;
    });
  });

  // ---- lists that keep themselves true ----

  var lists = all("[data-live][id]");
  var busy = false;

  // A part is left alone while somebody is in it: nothing moves under a finger.
  function renew(fresh) {
    lists.forEach(function (list, at) {
      var other = fresh.getElementById(list.id);
      if (!other || list.contains(document.activeElement)) return;
      if (other.innerHTML === list.innerHTML) return;
      var made = document.importNode(other, true);
      list.parentNode.replaceChild(made, list);
      lists[at] = made;
    });
  }

  function look() {
    if (busy || document.hidden) return;
    busy = true;
    window
      .fetch(window.location.pathname, { credentials: "same-origin" })
      .then(function (response) {
        // Logged out, or the reception is gone: the next button says so.
        if (!response.ok || response.redirected) throw new Error("not now");
        return response.text();
      })
      .then(function (text) {
        renew(new DOMParser().parseFromString(text, "text/html"));
      })
      .then(done, done);
  }

  function done() {
    busy = false;
  }

  if (lists.length && window.fetch && window.DOMParser) {
    window.setInterval(look, EVERY);
    document.addEventListener("visibilitychange", look);
  }
})();
