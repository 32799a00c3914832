// What the server's own pages gain where scripts run: lists that keep themselves true, a button that prints, a question
// before typed words are left behind, unfinished forms kept on the server. Without it every page works as it stands.
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

  // ---- a second tap while the first is on its way ----

  var WAIT = 8000;

  function unlock() {
    all("[data-sending]").forEach(function (button) {
      button.removeAttribute("data-sending");
    });
  }

  document.addEventListener("submit", function (event) {
    var button = event.submitter || document.activeElement;
    if (!button || button.type !== "submit" || event.target.method !== "post") return;
    if (button.hasAttribute("data-sending")) return event.preventDefault();
    button.setAttribute("data-sending", "");
    // An answer that is a file leaves the page as it is.
    window.setTimeout(unlock, WAIT);
  });
  window.addEventListener("pageshow", unlock);

  // ---- typed words ----

  all("form[data-guard]").forEach(function (form) {
    var typed = false;
    form.addEventListener("input", function () {
      typed = true;
    });
    form.addEventListener("submit", function () {
      typed = false;
    });
    // What is kept elsewhere may be left without a question.
    form.addEventListener("kept", function () {
      typed = false;
    });
    window.addEventListener("beforeunload", function (event) {
      if (!typed) return undefined;
      event.preventDefault();
      event.returnValue = form.getAttribute("data-guard");
      return event.returnValue;
    });
  });

  // ---- unfinished forms ----

  var PAUSE = 3000;
  var AGAIN = 15000;

  function fields(form) {
    var list = [];
    Array.prototype.forEach.call(form.elements, function (one) {
      if (!one.name || one.type === "submit" || one.type === "button") return;
      if ((one.type === "checkbox" || one.type === "radio") && !one.checked) return;
      if (/^(csrf|who|once)$/.test(one.name)) return;
      list.push({ name: one.name, value: one.value });
    });
    return list;
  }

  // The station's own time, wherever the tablet thinks it is.
  function clock(at) {
    var there = new Date(at + 8 * 3600000);
    var minutes = there.getUTCMinutes();
    return there.getUTCHours() + ":" + (minutes < 10 ? "0" : "") + minutes;
  }

  function keepDraft(form) {
    var url = form.getAttribute("data-draft");
    var said = form.querySelector("[data-draft-said]");
    var timer = 0;
    var busy = false;
    var sent = "";
    var over = false;

    // Whom the page was drawn for goes along: another one's login keeps nothing of it.
    function typed() {
      return JSON.stringify({ fields: fields(form), who: form.elements.who ? form.elements.who.value : "" });
    }

    function say(words) {
      if (said && said.textContent !== words) said.textContent = words;
    }

    function later(wait) {
      window.clearTimeout(timer);
      timer = window.setTimeout(save, wait);
    }

    function save(leaving) {
      window.clearTimeout(timer);
      if (over) return;
      var body = typed();
      if (body === sent) return;
      if (busy && !leaving) return later(PAUSE);
      busy = true;
      window
        .fetch(url, {
          method: "PUT",
          credentials: "same-origin",
          keepalive: !!leaving,
          headers: { "content-type": "application/json", "x-requested-with": "liaison" },
          body: body,
        })
        .then(function (response) {
          busy = false;
          if (response.status === 401) return say(said.getAttribute("data-login"));
          if (!response.ok) throw response;
          return response.json().then(function (kept) {
            sent = body;
            if (kept.saved_at) say(said.getAttribute("data-saved") + " " + clock(kept.saved_at));
            if (typed() === body) form.dispatchEvent(new Event("kept"));
          });
        })
        .catch(function () {
          busy = false;
          say(said.getAttribute("data-failed"));
          later(AGAIN);
        });
    }

    sent = typed();
    function changed() {
      later(PAUSE);
    }
    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("submit", function () {
      over = true;
    });
    // A tab that is put away may never come back.
    document.addEventListener("visibilitychange", function () {
      if (document.hidden) save(true);
    });
    window.addEventListener("pagehide", function () {
      save(true);
    });
    // Back from the answer to a form that was sent: it goes on being kept.
    window.addEventListener("pageshow", function () {
      over = false;
    });
  }

  if (window.fetch && window.Event) all("form[data-draft]").forEach(keepDraft);

  // ---- lists that keep themselves true ----

  var lists = all("[data-live][id]");
  var busy = false;

  // Drawn anew with every look, and no news.
  var ONCE = /name="once" value="[^"]*"/g;

  // A part is left alone while somebody is in it, but for its buttons: the same person's button keeps the focus.
  function renew(fresh) {
    lists.forEach(function (list, at) {
      var other = fresh.getElementById(list.id);
      var here = document.activeElement;
      var within = list.contains(here);
      if (!other || (within && here.type !== "submit") || list.querySelector("[data-sending]")) return;
      if (other.innerHTML.replace(ONCE, "") === list.innerHTML.replace(ONCE, "")) return;
      var made = document.importNode(other, true);
      var same = within && all("button", made).filter(function (button) {
        return button.value === here.value && !button.disabled;
      })[0];
      // Whoever is on a button stays on it; while it is gone nothing moves.
      if (within && !same) return;
      list.parentNode.replaceChild(made, list);
      lists[at] = made;
      if (same) same.focus();
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
