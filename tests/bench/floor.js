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

  // What the list says of a state: tone, icon, words; of those that the demo district's list shows.
  var STATES = {
    in_progress: ["busy", "work", "办理中"],
    tracking: ["busy", "calendar", "承诺跟踪中"],
    closed: ["good", "good", "已办结"],
  };
  var ROW = document.createElement("template");
  ROW.innerHTML =
    '<li class="row"><a class="row__title"></a><p class="row__excerpt"><b></b></p><p class="row__meta"><span class="chip">' +
    '<svg class="icon" aria-hidden="true" focusable="false"><use></use></svg></span><span></span><span></span><time></time></p></li>';
  var CHINA = 8 * 3600 * 1000;

  function row(card) {
    var made = ROW.content.firstChild.cloneNode(true);
    var title = made.firstChild;
    var excerpt = title.nextSibling;
    var meta = made.lastChild.childNodes;
    title.href = "/cases/" + card.no;
    title.textContent = card.title;
    if (!card.answer_excerpt) excerpt.remove();
    else excerpt.append(card.answer_excerpt);
    if (card.answer_by) excerpt.firstChild.textContent = card.answer_by + "：";
    else excerpt.firstChild.remove();
    var state = STATES[card.state];
    meta[0].className += " chip--" + state[0];
    meta[0].firstChild.firstChild.setAttribute("href", "#i-" + state[1]);
    meta[0].append(state[2]);
    meta[1].textContent = card.category_name;
    meta[2].textContent = card.area_name;
    var at = new Date((card.answered_at || card.submitted_at) + CHINA);
    var here = new Date(Date.now() + CHINA).getUTCFullYear() === at.getUTCFullYear();
    meta[3].dateTime = at.toISOString().slice(0, 10);
    meta[3].textContent = (here ? "" : at.getUTCFullYear() + "年") + (at.getUTCMonth() + 1) + "月" + at.getUTCDate() + "日";
    return made;
  }

  function more(link) {
    fetch("/api/v1" + link.getAttribute("href")).then(function (answer) {
      return answer.json();
    }).then(function (data) {
      var rows = document.querySelector(".rows");
      var all = document.createDocumentFragment();
      for (var i = 0; i < data.items.length; i += 1) all.appendChild(row(data.items[i]));
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
