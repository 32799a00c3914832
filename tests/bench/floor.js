// The same pages without a framework: what the app is measured against. Kept small on purpose; it does what the bench
// asks of a page, and nothing else.
(function () {
  "use strict";
  var root = document.documentElement;
  var page = document.getElementById("page");

  // The switch to large type.
  function mode(link) {
    var on = root.getAttribute("data-mode") !== "elder";
    root.setAttribute("data-mode", on ? "elder" : "normal");
    document.cookie = "mode=" + (on ? "elder" : "") + "; Path=/; SameSite=Lax";
    var words = link.lastChild.nodeValue;
    link.lastChild.nodeValue = link.getAttribute("data-other");
    link.setAttribute("data-other", words);
  }

  // A row like those that are there, with other words.
  function row(like, card) {
    var made = like.cloneNode(true);
    var title = made.querySelector(".row__title");
    title.href = "/cases/" + card.no;
    title.textContent = card.title;
    var excerpt = made.querySelector(".row__excerpt");
    if (excerpt) excerpt.textContent = card.answer_excerpt;
    var meta = made.querySelectorAll(".row__meta > span");
    if (meta[1]) meta[1].textContent = card.category_name;
    if (meta[2]) meta[2].textContent = card.area_name;
    return made;
  }

  function more(link) {
    fetch("/api/v1" + link.getAttribute("href")).then(function (answer) {
      return answer.json();
    }).then(function (data) {
      var rows = document.querySelector(".rows");
      var all = document.createDocumentFragment();
      for (var i = 0; i < data.items.length; i += 1) all.appendChild(row(rows.firstElementChild, data.items[i]));
      rows.appendChild(all);
    });
  }

  // Another page in place of this one.
  function open(link) {
    fetch(link.href).then(function (answer) {
      return answer.text();
    }).then(function (text) {
      var other = new DOMParser().parseFromString(text, "text/html");
      document.title = other.title;
      history.pushState(null, "", link.href);
      page.replaceChildren.apply(page, Array.prototype.slice.call(other.getElementById("page").childNodes));
      window.scrollTo(0, 0);
      var head = page.querySelector("h1");
      if (head) head.focus();
    });
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href]");
    if (!link || link.getAttribute("href").charAt(0) !== "/") return;
    event.preventDefault();
    if (link.hasAttribute("data-mode-switch")) mode(link);
    else if (link.hasAttribute("data-more")) more(link);
    else open(link);
  });

  // The letter: how much of the room is used, and a copy of it on this device.
  document.addEventListener("input", function (event) {
    if (event.target.name !== "body") return;
    var count = document.querySelector("[data-count]");
    if (count) count.textContent = event.target.value.length;
    window.clearTimeout(open.timer);
    open.timer = window.setTimeout(function () {
      localStorage.setItem("floor", event.target.value);
    }, 300);
  });
  root.setAttribute("data-app", "ready");
})();
