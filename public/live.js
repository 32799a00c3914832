// Keeps a live page fresh: the parts that the server draws anew are fetched as HTML and put in place, without moving
// what is being read, taking the focus away or losing what is being typed.
//
// A classic script in ES5 syntax, without a framework: it has to run in old in-app web views too. Where it does not
// run, the page's plain forms and its 「刷新」 link do everything. docs/decisions/0023 says why it is made this way.
//
// What a page marks for it:
//   data-live-page       around everything: data-part (the address of the parts), data-stream (what changed, as
//                        server-sent events), data-mine (the reader's own parts), data-net (words for a form that
//                        could not be sent)
//   id + data-live       a part; every answer that holds an element with this id renews it
//   data-key             one of a list: stays itself wherever it stands
//   data-held            a list whose new entries wait until they are asked for while it is being looked at
//   data-show            the button that asks for them; data-words with %d
//   data-say             what to read out when it first stands there
//   data-press           a button that is pressed if the list data-pressed of the own part names it
//   data-hotkey          a key that presses it while the entry around it has the focus
//   data-entry           an entry that j and k lead to
//   data-refused         stands until its form is sent again: what was refused, with what was typed
//   data-answer          the place for what was refused or done: any form that is sent renews it
//   data-told, data-focus, data-clear  in the answer to a form: what to say, where the focus goes, which form is done
//   data-own, data-waits the own part knows the reader; something of theirs may change without anybody else's
//   data-doors           changes when what a reader may do changes
(function () {
  "use strict";

  var POLL = 5000;
  var TRY_STREAM = 30000;
  var PATIENCE = 15000;
  var SAID = 12000;
  var LOOK = 60000;

  var page = document.querySelector("[data-live-page]");
  if (!page || !window.fetch || !window.DOMParser || !window.URLSearchParams || !page.closest) return;

  var line = document.getElementById("live-line");
  var says = document.getElementById("live-says");
  var address = page.getAttribute("data-part");
  var own = page.getAttribute("data-mine");
  var doors = now_doors();
  var tag = null;
  var stream = null;
  var stream_timer = 0;
  var says_timer = 0;
  var asking = 0;
  var beat_at = Date.now();
  var fresh_at = beat_at;
  var again = false;
  var own_at = 0;
  var pressed = null;
  var sent = null;
  var from = null;
  var heard = {};
  var waiting = {};

  function slice(list) {
    return Array.prototype.slice.call(list);
  }

  function all(selector, where) {
    return slice((where || document).querySelectorAll(selector));
  }

  function now_doors() {
    var element = page.querySelector("[data-doors]");
    return element && element.getAttribute("data-doors");
  }

  // ---- putting new markup in the place of old, node by node ----

  function key(node) {
    return node.nodeType === 1 ? node.getAttribute("data-key") || node.id : "";
  }

  function is_same(a, b) {
    return a.nodeName === b.nodeName && key(a) === key(b);
  }

  /** Whether somebody has typed or chosen something in a form and not sent it. */
  function is_touched(form) {
    return slice(form.elements).some(function (one) {
      if (one.type === "hidden") return false;
      if (one.type === "checkbox" || one.type === "radio") return one.checked !== one.defaultChecked;
      if (one.options) {
        return slice(one.options).some(function (option) {
          return option.selected !== option.defaultSelected && (option.defaultSelected || option.index > 0);
        });
      }
      return "defaultValue" in one && one.value !== one.defaultValue;
    });
  }

  /** Refused, and neither sent again nor answered anew. */
  function is_refused(node) {
    if (!node.hasAttribute("data-refused")) return false;
    return !sent || !(node.contains(sent) || node.hasAttribute("data-answer"));
  }

  /** What was refused stands until it is sent again; what is being written is not taken away. */
  function is_busy(node) {
    if (node.nodeType !== 1 || (sent && node.contains(sent))) return false;
    if (is_refused(node) || all("[data-refused]", node).some(is_refused)) return true;
    return (node.nodeName === "FORM" ? [node] : all("form", node)).some(is_touched);
  }

  function remove(node) {
    if (!is_busy(node)) node.parentNode.removeChild(node);
  }

  function renew(old, fresh) {
    if (old.nodeType !== 1) {
      if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
      return;
    }
    // A form in use keeps everything, the version that was read included.
    if (old.hasAttribute("data-keep") || old.name === "csrf") return;
    if (is_refused(old)) return;
    if (old.nodeName === "FORM" && old !== sent && is_touched(old)) return;
    slice(old.attributes).forEach(function (one) {
      // What a person opened stays open.
      if (!fresh.hasAttribute(one.name) && one.name !== "open") old.removeAttribute(one.name);
    });
    slice(fresh.attributes).forEach(function (one) {
      if (one.name !== "open" && old.getAttribute(one.name) !== one.value) old.setAttribute(one.name, one.value);
    });
    if (old.hasAttribute("data-held")) hold(old, fresh);
    else renew_children(old, fresh);
  }

  function by_key(parent) {
    var found = {};
    slice(parent.childNodes).forEach(function (node) {
      if (key(node)) found[key(node)] = node;
    });
    return found;
  }

  function renew_children(old, fresh) {
    var wanted = by_key(fresh);
    slice(old.childNodes).forEach(function (node) {
      if (key(node) && !wanted[key(node)]) remove(node);
    });
    var have = by_key(old);
    var at = old.firstChild;
    slice(fresh.childNodes).forEach(function (node) {
      var known = key(node) ? have[key(node)] : at;
      if (!known || !is_same(known, node)) {
        old.insertBefore(document.importNode(node, true), at);
        return;
      }
      if (known === at) at = at.nextSibling;
      else old.insertBefore(known, at);
      renew(known, node);
    });
    while (at) {
      var next = at.nextSibling;
      remove(at);
      at = next;
    }
  }

  function is_on_screen(element) {
    var box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < window.innerHeight;
  }

  /** While a list is looked at, its entries stay where they are and new ones wait. */
  function hold(list, fresh) {
    var button = document.querySelector("[data-show='" + list.id + "']");
    var have = by_key(list);
    var wanted = by_key(fresh);
    var count = Object.keys(wanted).filter(function (one) {
      return !have[one];
    }).length;
    waiting[list.id] = fresh;
    if (!list.children.length || !is_on_screen(list)) {
      renew_children(list, fresh);
      count = 0;
    } else {
      Object.keys(have).forEach(function (one) {
        if (wanted[one]) renew(have[one], wanted[one]);
        else have[one].textContent = list.getAttribute("data-gone");
      });
    }
    if (!button) return;
    button.hidden = !count;
    if (count) {
      button.textContent = button.getAttribute("data-words").replace("%d", count);
      tell(button.textContent);
    }
  }

  function show(button) {
    var list = document.getElementById(button.getAttribute("data-show"));
    var have = by_key(list);
    button.hidden = true;
    renew_children(list, waiting[list.id]);
    mark();
    var first = slice(list.children).filter(function (one) {
      return !have[key(one)];
    })[0];
    if (first) first.focus();
  }

  // ---- what an answer brings ----

  function scroll(by) {
    var box = page.closest(".desk-main");
    if (box && box.scrollHeight > box.clientHeight) box.scrollTop += by;
    else window.scrollBy(0, by);
  }

  /** Remembers where something stood that is being looked at; puts it back there, and the focus. */
  function anchor() {
    var focus = document.activeElement;
    if (!focus || focus === document.body) focus = null;
    var entry = focus && focus.closest("[data-entry]");
    var place = entry ? all("[data-entry]", page).indexOf(entry) : 0;
    var seen = focus && page.contains(focus) && is_on_screen(focus) ? focus : null;
    seen = seen || document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 3);
    var chain = [];
    for (; seen && page.contains(seen) && seen !== page; seen = seen.parentNode) {
      chain.push([seen, seen.getBoundingClientRect().top]);
    }
    return function () {
      if (focus && focus !== document.activeElement) {
        var found = page.contains(focus) ? focus : focus.id && document.getElementById(focus.id);
        // What one worked on went elsewhere: the next one takes its place.
        var entries = all("[data-entry]", page);
        if (!found && entry) found = page.contains(entry) ? entry : entries[Math.min(place, entries.length - 1)];
        if (found) found.focus({ preventScroll: true });
      }
      for (var n = 0; n < chain.length; n += 1) {
        var one = chain[n][0];
        if (document.body.contains(one)) {
          var moved = one.getBoundingClientRect().top - chain[n][1];
          if (moved) scroll(moved);
          return;
        }
      }
    };
  }

  function take(text) {
    var parts = all("[data-live]", new DOMParser().parseFromString(text, "text/html")).filter(function (part) {
      return document.getElementById(part.id);
    });
    var put_back = anchor();
    parts.forEach(function (part) {
      renew(document.getElementById(part.id), part);
    });
    mark();
    put_back();
    listen(true);
    return parts.length > 0;
  }

  /** One's own: which buttons are pressed, and the token of this browser's forms. */
  function mark() {
    var token = all("input[name=csrf]").filter(function (one) {
      return one.value;
    })[0];
    all("input[name=csrf]").forEach(function (one) {
      if (token && !one.value) one.value = token.value;
    });
    var mine = page.querySelector("[data-pressed]");
    var list = mine ? mine.getAttribute("data-pressed").split(" ") : [];
    all("[data-press]").forEach(function (button) {
      var is_on = list.indexOf(button.getAttribute("data-press")) >= 0;
      button.setAttribute("data-on", is_on ? "yes" : "no");
      if (button.hasAttribute("data-do")) button.value = button.getAttribute(is_on ? "data-undo" : "data-do");
    });
  }

  function tell(words) {
    if (!says || !words) return;
    says.textContent = words;
    window.clearTimeout(says_timer);
    says_timer = window.setTimeout(function () {
      says.textContent = "";
    }, SAID);
  }

  function listen(aloud) {
    var news = [];
    all("[data-say]", page).forEach(function (one) {
      var words = one.getAttribute("data-say");
      if (words && !heard[words]) news.push(words);
      heard[words] = true;
    });
    if (aloud && news.length) tell(news.slice(0, 2).join("；"));
  }

  function state(name) {
    if (!line) return;
    var words = line.getAttribute("data-" + name);
    if (line.textContent !== words) line.textContent = words;
    line.setAttribute("data-state", name);
  }

  // ---- asking ----

  function get(url, known) {
    var headers = { "X-Live": "1" };
    if (known) headers["If-None-Match"] = known;
    var late = new Promise(function (_, refuse) {
      window.setTimeout(refuse, PATIENCE);
    });
    return Promise.race([late, window.fetch(url, { headers: headers, credentials: "same-origin", cache: "no-store" })]);
  }

  function refresh() {
    // An answer that a sleeping phone never got must not stop the asking for good.
    if (asking && Date.now() - asking < PATIENCE) {
      again = true;
      return;
    }
    asking = Date.now();
    again = false;
    get(address, tag)
      .then(function (answer) {
        if (answer.status === 304) return null;
        if (!answer.ok) throw answer;
        return answer.text().then(function (text) {
          tag = answer.headers.get("ETag");
          if (!take(text)) throw answer;
          var asks = doors !== now_doors();
          doors = now_doors();
          if (asks || page.querySelector("[data-own]")) refresh_own(asks);
        });
      })
      .then(
        function () {
          fresh_at = Date.now();
          state(stream ? "now" : "often");
        },
        function () {
          state("lost");
        },
      )
      .then(function () {
        asking = 0;
        if (again) refresh();
      });
  }

  /** One's own. `asks`: the form to ask with comes or goes too. */
  function refresh_own(asks) {
    if (!own) return;
    own_at = Date.now();
    get(own + (asks ? "&ask=1" : "")).then(
      function (answer) {
        if (answer.ok) answer.text().then(take);
      },
      function () {},
    );
  }

  // ---- the line: server-sent events, else asking every five seconds ----

  function close() {
    if (stream) stream.close();
    stream = null;
  }

  function connect() {
    var url = page.getAttribute("data-stream");
    if (!url || !window.EventSource || stream) return;
    stream = new window.EventSource(url);
    stream.onopen = function () {
      state("now");
      refresh();
    };
    stream.addEventListener("event", refresh);
    stream.onerror = function () {
      close();
      state("often");
      window.clearTimeout(stream_timer);
      stream_timer = window.setTimeout(connect, TRY_STREAM);
    };
  }

  function beat() {
    if (document.hidden) return;
    var slept = Date.now() - beat_at > 4 * POLL;
    beat_at = Date.now();
    // A line that was cut without a word is found out by looking all the same.
    if (slept) wake();
    else if (!stream || Date.now() - fresh_at > LOOK) refresh();
    // A question that is not made public changes for its author alone.
    if (page.querySelector("[data-waits]") && Date.now() - own_at > 3 * POLL) refresh_own(false);
  }

  function wake() {
    close();
    if (document.hidden) return;
    asking = 0;
    beat_at = Date.now();
    connect();
    refresh();
  }

  // ---- forms stay on the page ----

  function send(form, button) {
    if (form.getAttribute("aria-busy")) return;
    var turn = (form.live_turn = (form.live_turn || 0) + 1);
    var body = new window.URLSearchParams(new FormData(form));
    if (button && button.name) body.append(button.name, button.value);
    form.setAttribute("aria-busy", "true");
    window
      .fetch(form.action, {
        method: "POST",
        body: body,
        credentials: "same-origin",
        headers: { "X-Live": "1" },
      })
      .then(function (answer) {
        return answer.text().then(function (text) {
          form.removeAttribute("aria-busy");
          var fold = form.closest("details");
          var entry = form.closest("[data-entry]");
          if (answer.ok && !/data-refused/.test(text)) {
            form.reset();
            if (fold) fold.open = false;
            // The news was here before this answer, and the form was sent again since: what came of that stays.
            if (turn < form.live_turn) return refresh();
          }
          sent = form;
          var is_ours = take(text);
          sent = null;
          if (!is_ours) return plainly(form, button);
          var place = page.querySelector("[data-focus],.errors[autofocus]");
          if (place) {
            place.removeAttribute("data-focus");
            place.removeAttribute("autofocus");
            place.focus();
            if (!from) from = button;
          } else if (from && document.activeElement === document.body) {
            // Back from what stood in between.
            from.focus();
            from = null;
          }
          var told = page.querySelector("[data-told]");
          if (told) tell(told.getAttribute("data-told"));
          // A form that is gone leaves its entry shorter: what became of it must be in sight.
          if (answer.ok && entry && page.contains(entry)) entry.scrollIntoView({ block: "nearest" });
          var clear = page.querySelector("[data-clear]");
          var done = clear && document.getElementById(clear.getAttribute("data-clear"));
          if (done) done.reset();
          refresh();
        });
      })
      .then(null, function () {
        form.removeAttribute("aria-busy");
        tell(page.getAttribute("data-net"));
      });
  }

  /** An answer that belongs to another page: the browser goes there itself. */
  function plainly(form, button) {
    if (button && button.name) {
      var field = document.createElement("input");
      field.type = "hidden";
      field.name = button.name;
      field.value = button.value;
      form.appendChild(field);
    }
    form.submit();
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button");
    pressed = button;
    if (button && button.hasAttribute("data-show")) show(button);
  });

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!page.contains(form) || form.method !== "post" || form.hasAttribute("data-plain")) return;
    event.preventDefault();
    send(form, event.submitter || (pressed && pressed.form === form ? pressed : null));
  });

  // How much is written, from three quarters of the limit on.
  document.addEventListener("input", function (event) {
    var max = Number(event.target.getAttribute("data-max"));
    var counter = max && document.getElementById(event.target.id + "-count");
    if (!counter) return;
    var used = slice(event.target.value.replace(/[\ud800-\udbff][\udc00-\udfff]/g, "_")).length;
    var words = counter.getAttribute(used > max ? "data-over" : "data-words");
    counter.textContent = used * 4 < max * 3 ? "" : words.replace("%d", Math.abs(max - used));
  });

  document.addEventListener("keydown", function (event) {
    var entry = event.target.closest && event.target.closest("[data-entry]");
    if (!entry || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.nodeName)) return;
    var step = { j: 1, k: -1 }[event.key];
    if (step) {
      var entries = all("[data-entry]", page);
      var next = entries[entries.indexOf(entry) + step];
      if (next) next.focus();
      return;
    }
    var act = /^[a-z]$/.test(event.key) && entry.querySelector("[data-hotkey='" + event.key + "']");
    if (!act) return;
    event.preventDefault();
    if (act.nodeName === "DETAILS") {
      act.open = true;
      var field = act.querySelector("textarea,select,input:not([type=hidden])");
      if (field) field.focus();
    } else {
      act.click();
    }
  });

  mark();
  listen(false);
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) wake();
  });
  if (page.hasAttribute("data-part")) {
    window.setInterval(beat, POLL);
    connect();
    if (!stream) refresh();
  }
})();
