// Starts the app over the page that the server has already drawn, and steps in when that fails.
//
// Everything a resident needs is in the server's page: links, text, plain forms. The app is an
// addition, so this script never blanks the page. When the app is not up after eight seconds, or
// cannot start, it says so in place and offers to reload or to go on without it.
//
// A classic script in ES5 syntax on purpose: it has to run in exactly those browsers that cannot
// run the app. Its sentences live here because no other part of the project is loaded by then.
//
// Between the two: the app sets `data-app="ready"` on <html> once it is mounted. This script sets
// `data-app="off"` when a person chose to go on without it; the app then leaves the page alone.
(function () {
  "use strict";

  var WAIT = 8000;
  var RETRY_AFTER = 1500;
  var OFF = "boot-off";
  var TRIED = "boot-tried";
  var LOOK_AFTER = 600000;

  var TITLE = "页面的互动部分还没打开";
  var TITLE_CRASHED = "页面的互动部分停住了";
  var RELOAD = "重新加载";
  var GO_ON = "不等了，直接用简洁版";
  var REASONS = {
    slow: "网络有点慢，还在下载。可以再等一会儿，也可以先用简洁版，写意见、查进度都能办。",
    network: "没有下载下来，可能是网络断了一下。可以重新加载，也可以先用简洁版，写意见、查进度都能办。",
    old: "这个浏览器版本较旧，或者关闭了需要的功能。用简洁版一样能写意见、查进度。",
    broken: "启动时出了点问题，不是您操作造成的。可以重新加载，也可以先用简洁版，写意见、查进度都能办。",
    crashed: "刚才出了点问题，不是您操作造成的。重新加载就能接着用。"
  };
  var QUIET = "现在用的是简洁版，写意见、查进度都能办。";
  var TRY_AGAIN = "再试试完整版";

  var root = document.documentElement;
  var script = document.currentScript || document.querySelector("script[data-bundle]");
  var page = document.getElementById("page") || document.body;
  var notice = null;
  var timer = 0;
  var given_up = false;
  var before = null;
  var first = null;
  var reported = {};
  var build = (script && script.getAttribute("data-build")) || "";
  var newer = "";
  var looked = 0;
  var touched = false;
  var came_over = false;

  remember_entry();

  var size = /(^|;\s*)mode=elder(-(\d+))?(;|$)/.exec(document.cookie);
  if (size) {
    root.setAttribute("data-mode", "elder");
    if (size[3]) root.setAttribute("data-size", size[3]);
    elder_tools();
  }

  // Sizes and reading aloud.
  function elder_tools() {
    var url = script && script.getAttribute("data-elder");
    if (!url || window.liaisonElder) return;
    var tools = document.createElement("script");
    tools.src = url;
    document.head.appendChild(tools);
  }

  // The app switches too.
  window.addEventListener("liaison:mode", function () {
    if (root.getAttribute("data-mode") === "elder") elder_tools();
  });

  // Storage may be forbidden; then the choice lasts for this page only.
  function remember(off) {
    try {
      if (off) window.sessionStorage.setItem(OFF, "1");
      else window.sessionStorage.removeItem(OFF);
    } catch (ignored) {}
    // For engines that keep nothing else.
    document.cookie = "boot=" + (off ? "off" : "; Max-Age=0") + "; Path=/; SameSite=Lax";
  }

  function is_off() {
    try {
      return window.sessionStorage.getItem(OFF) === "1";
    } catch (ignored) {
      return /(^|;\s*)boot=off(;|$)/.test(document.cookie);
    }
  }

  function is_ready() {
    return root.getAttribute("data-app") === "ready";
  }

  // ---- the notice ----

  function element(name, class_name, text) {
    var made = document.createElement(name);
    made.className = class_name;
    if (text) made.appendChild(document.createTextNode(text));
    return made;
  }

  function button(text, class_name, action) {
    var made = element("button", "boot-notice__button " + class_name, text);
    made.type = "button";
    made.addEventListener("click", action);
    return made;
  }

  function hide() {
    if (notice && notice.parentNode) notice.parentNode.removeChild(notice);
    notice = null;
  }

  // The empty bar goes in first and its words a moment later, so that screen readers read them.
  function show(class_name, parts) {
    hide();
    var bar = element("div", class_name);
    bar.setAttribute("role", "status");
    page.insertBefore(bar, page.firstChild);
    notice = bar;
    window.setTimeout(function () {
      for (var i = 0; i < parts.length; i += 1) bar.appendChild(parts[i]);
    }, 50);
  }

  function reload() {
    remember(false);
    window.location.reload();
  }

  function go_on() {
    remember(true);
    hide();
    // The app has taken the page over and died: only the server can give the plain one back.
    if (is_ready()) window.location.reload();
    else stay_plain();
  }

  function tell(reason) {
    if (is_posted()) return;
    var buttons = element("div", "boot-notice__buttons");
    buttons.appendChild(button(RELOAD, "boot-notice__button--main", reload));
    buttons.appendChild(button(GO_ON, "boot-notice__button--plain", go_on));
    show("boot-notice", [
      element("p", "boot-notice__title", reason === "crashed" ? TITLE_CRASHED : TITLE),
      element("p", "boot-notice__reason", REASONS[reason]),
      buttons
    ]);
  }

  function fail(reason, error) {
    if (given_up || is_ready()) return;
    given_up = true;
    report(reason, error);
    look();
    window.clearTimeout(timer);
    put_back();
    tell(reason);
  }

  // An app that dies while mounting may have emptied the page already. One that has not been touched keeps what was chosen.
  function put_back() {
    if (!before || first.parentNode === page) return;
    while (page.firstChild) page.removeChild(page.firstChild);
    while (before.firstChild) page.appendChild(before.firstChild);
    before = null;
  }

  // ---- the answer to a posted form ----
  //
  // Whoever is quicker than the app goes on by plain forms, whose fields hold everything that was written. Such a page works
  // as it is, and is never loaded anew unasked.

  function is_posted() {
    return !is_ready() && page.querySelector("input[name=app_at]");
  }

  // What is done on the plain page goes no further than the page: an app that waits unseen would take it.
  function stop(event) {
    event.stopPropagation();
  }

  function stay_plain() {
    given_up = true;
    window.clearTimeout(timer);
    root.setAttribute("data-app", "off");
    keep_apart();
  }

  function keep_apart() {
    ["click", "submit", "input", "change"].forEach(function (name) {
      page.addEventListener(name, stop);
    });
  }

  // A form on its way to the server: an app that took the page over now would do the same a second time.
  page.addEventListener("submit", function (event) {
    var posts = /^post$/i.test(event.target.getAttribute("method") || "");
    if (!posts || is_ready()) return;
    event.stopPropagation();
    stay_plain();
  });

  // ---- what works before the app is there ----

  // The switch between large type and the usual: the same page in the other size, without asking the server.
  // `preferences.rs` does it once the app is there.
  function switch_mode(event) {
    var link = event.target;
    while (link && link !== page && !(link.hasAttribute && link.hasAttribute("data-mode-switch"))) link = link.parentNode;
    if (!link || link === page || is_ready()) return;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    var on = root.getAttribute("data-mode") !== "elder";
    root.setAttribute("data-mode", on ? "elder" : "normal");
    root.removeAttribute("data-size");
    document.cookie = (on ? "mode=elder; Max-Age=31536000" : "mode=; Max-Age=0") + "; Path=/; SameSite=Lax";
    var words = link.lastChild;
    var other = link.getAttribute("data-other");
    link.setAttribute("data-other", words.nodeValue);
    link.setAttribute("href", link.getAttribute("href").replace(/([?&]m=)[a-z]*/, "$1" + (on ? "normal" : "elder")));
    words.nodeValue = other;
    // An app that is still unseen has read the mode already.
    if (typeof window.Event === "function") window.dispatchEvent(new Event("liaison:mode"));
  }

  page.addEventListener("click", switch_mode);

  // ---- starting ----

  function fetch_wasm(url, again) {
    return window.fetch(url, { credentials: "same-origin" }).then(
      function (response) {
        if (!response.ok) throw { reason: "network" };
        return response;
      },
      function () {
        if (!again) throw { reason: "network" };
        return new Promise(function (resolve) {
          window.setTimeout(resolve, RETRY_AFTER);
        }).then(function () {
          return fetch_wasm(url, false);
        });
      }
    );
  }

  function compile(response) {
    var type = response.headers.get("Content-Type") || "";
    if (WebAssembly.compileStreaming && type.indexOf("application/wasm") === 0) {
      return WebAssembly.compileStreaming(response);
    }
    return response.arrayBuffer().then(
      function (bytes) {
        return WebAssembly.compile(bytes);
      },
      function () {
        throw { reason: "network" };
      }
    );
  }

  // Every module once, by its whole address: this script begins with those that the page needs, the glue asks for them
  // later. What failed is forgotten, so that the next wish tries again.
  var modules = {};

  function module(url) {
    var link = document.createElement("a");
    link.href = url;
    var address = link.href;
    if (!modules[address]) {
      modules[address] = fetch_wasm(address, true).then(compile);
      modules[address].then(null, function () {
        delete modules[address];
      });
    }
    return modules[address];
  }

  // The page is read before the app is wanted: nothing of it may take the line, or the processor, while the page itself is
  // on its way to the screen. Engines that tell when it has got there are believed, for a second.
  function after_paint(then) {
    var begun = false;
    function begin() {
      if (!begun) then();
      begun = true;
    }
    if (document.hidden || !window.requestAnimationFrame) return begin();
    var told = (window.PerformanceObserver && PerformanceObserver.supportedEntryTypes) || [];
    if (told.indexOf("paint") >= 0) new PerformanceObserver(begin).observe({ type: "paint", buffered: true });
    window.requestAnimationFrame(function () {
      window.setTimeout(begin, told.indexOf("paint") >= 0 ? 1000 : 0);
    });
  }

  // Starting takes the page's own thread for a moment: whoever taps in that moment goes first.
  function when_idle(then) {
    if (window.requestIdleCallback) window.requestIdleCallback(then, { timeout: 500 });
    else then();
  }

  function load_glue(url) {
    return new Promise(function (resolve, reject) {
      var glue = document.createElement("script");
      glue.type = "module";
      glue.src = url;
      glue.onerror = function () {
        reject({ reason: "network" });
      };
      // What the glue needs: where to hand its start function, and how to fetch the app's later parts.
      window.liaisonBoot = {
        loaded: resolve,
        wasm: module
      };
      document.head.appendChild(glue);
    });
  }

  function can_run() {
    return (
      typeof WebAssembly === "object" &&
      typeof WebAssembly.compile === "function" &&
      typeof Promise === "function" &&
      typeof window.fetch === "function" &&
      "noModule" in document.createElement("script")
    );
  }

  function start() {
    var js = script && script.getAttribute("data-js");
    var wasm = script && script.getAttribute("data-wasm");
    if (!js || !wasm) return fail("broken");
    if (!can_run()) return fail("old");

    timer = window.setTimeout(function () {
      if (given_up || is_ready()) return;
      report("slow");
      tell("slow");
    }, WAIT);

    var parts = (script.getAttribute("data-parts") || "").split(" ");
    for (var i = 0; i < parts.length; i += 1) {
      // Whether a part is missing matters once the app asks for it.
      if (parts[i]) module(parts[i]).then(null, function () {});
    }
    Promise.all([load_glue(js), module(wasm)]).then(
      function (both) {
        when_idle(function () {
          // Whoever chose to go on without the app must not have it mount under the hands.
          if (given_up) return;
          hide();
          before = page.cloneNode(true);
          first = page.firstChild;
          both[0]({ module_or_path: both[1] }).then(null, function (error) {
            fail("broken", error);
          });
        });
      },
      function (error) {
        fail((error && error.reason) || "broken", error);
      }
    );
  }

  // ---- counting what went wrong ----

  // One of each kind a page: what failed in which build and where, and nothing of the person. The server knows no ids
  // from here, and strips the message of what could name somebody.
  function report(kind, error) {
    if (reported[kind]) return;
    reported[kind] = true;
    try {
      var request = new XMLHttpRequest();
      request.open("POST", "/api/v1/client-errors");
      request.setRequestHeader("Content-Type", "application/json");
      request.setRequestHeader("X-Requested-With", "liaison");
      request.send(JSON.stringify({
        kind: kind,
        build: build,
        path: window.location.pathname.replace(/[^\/]*\d[^\/]*/g, "*").slice(0, 200),
        message: String((error && (error.message || error.reason)) || error || "").slice(0, 200)
      }));
    } catch (ignored) {}
  }

  // ---- another build ----
  //
  // Web views keep pages for weeks. Such a page starts with its own build's files, which the server keeps, and then
  // goes over to the build that the server has: once, when nothing was typed, and never in the middle of reading.
  // The app writes the build that answered it into `data-served`; this script asks by itself where nobody has.

  // What a page of this address has been loaded as; the sign of the build that led here is taken out of it again.
  function remember_entry() {
    var here = window.location.href.split("#")[0];
    var plain = here.replace(/([?&])v=[^&]*(&|$)/, function (all, start, end) {
      return end ? start : "";
    });
    // JS-SDKs on iOS are signed for the address that was loaded first.
    root.setAttribute("data-entry", here);
    came_over = plain !== here;
    if (came_over) window.history.replaceState(window.history.state, "", plain + window.location.hash);
  }

  function watch_builds() {
    if (!build || typeof MutationObserver !== "function") return;
    new MutationObserver(function () {
      served(root.getAttribute("data-served"));
    }).observe(root, { attributes: true, attributeFilter: ["data-served"] });
    ["keydown", "mousedown", "touchstart"].forEach(function (name) {
      document.addEventListener(name, function () {
        touched = true;
      }, true);
    });
    document.addEventListener("click", go_over_by_link, true);
    document.addEventListener("visibilitychange", came_back);
    window.addEventListener("pageshow", function (event) {
      if (event.persisted) look();
    });
  }

  function look() {
    if (!build) return;
    looked = Date.now();
    var request = new XMLHttpRequest();
    request.open("HEAD", "/health");
    request.onload = function () {
      served(request.getResponseHeader("X-App-Version"));
    };
    request.send();
  }

  function served(by) {
    if (!by || by === build) return;
    newer = by;
    if (!touched) go_over(window.location.href, true);
  }

  function came_back() {
    if (document.hidden) return;
    if (newer) go_over(window.location.href, true);
    else if (Date.now() - looked > LOOK_AFTER) look();
  }

  // The next page is a good moment: it is loaded instead of drawn by the old app.
  function go_over_by_link(event) {
    var link = event.target;
    if (!newer || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    while (link && link.nodeName !== "A") link = link.parentNode;
    if (!link || !link.href || link.target || link.hasAttribute("download")) return;
    if (link.host !== window.location.host || /^\/(a|api)\//.test(link.pathname)) return;
    if (link.href.split("#")[0] === window.location.href.split("#")[0]) return;
    if (go_over(link.href, false)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  function go_over(to, in_place) {
    if (is_unsaved() || !may_try(newer)) return false;
    var parts = to.split("#");
    var url = parts[0] + (parts[0].indexOf("?") < 0 ? "?" : "&") + "v=" + encodeURIComponent(newer);
    if (parts.length > 1) url += "#" + parts[1];
    if (in_place) window.location.replace(url);
    else window.location.assign(url);
    return true;
  }

  // Each build once a tab: servers of two builds side by side must not send a page to and fro. Where nothing can be
  // remembered, a page that came over stays.
  function may_try(to) {
    try {
      var tried = (window.sessionStorage.getItem(TRIED) || "").split(" ");
      if (tried.indexOf(to) >= 0) return false;
      window.sessionStorage.setItem(TRIED, tried.concat(to, build).join(" "));
      return true;
    } catch (ignored) {
      return !came_over;
    }
  }

  // Words, ticks and files that would be gone with the page.
  function is_unsaved() {
    if (is_posted()) return true;
    var fields = page.querySelectorAll("input, textarea, select");
    for (var at = 0; at < fields.length; at += 1) {
      var field = fields[at];
      if (/^(hidden|submit|button)$/.test(field.type)) continue;
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.checked !== field.defaultChecked) return true;
      } else if (field.nodeName === "SELECT") {
        var given = field.querySelector("option[selected]");
        if (field.selectedIndex > 0 && field.options[field.selectedIndex] !== given) return true;
      } else if (field.value !== field.defaultValue) {
        return true;
      }
    }
    return false;
  }

  // Reading without a network: only where it can be had, and nothing waits for it.
  function keep_offline() {
    if (!navigator.serviceWorker || script.getAttribute("data-bundle") !== "station") return;
    navigator.serviceWorker.register("/sw.js").then(
      function () {
        name_files();
        // Parts that came later.
        document.addEventListener("visibilitychange", function () {
          if (document.hidden) name_files();
        });
      },
      function () {}
    );
  }

  function name_files() {
    navigator.serviceWorker.ready.then(function (known) {
      if (known.active) known.active.postMessage({ files: files_used() });
    });
  }

  function files_used() {
    var entries = window.performance && performance.getEntriesByType ? performance.getEntriesByType("resource") : [];
    var files = [];
    for (var i = 0; i < entries.length; i += 1) {
      if (entries[i].name.indexOf(window.location.origin + "/a/") === 0) files.push(entries[i].name);
    }
    return files;
  }

  // ---- watching ----

  function came_up() {
    if (!is_ready()) return;
    watcher.disconnect();
    window.clearTimeout(timer);
    before = null;
    hide();
    look();
    keep_offline();
  }

  // WebAssembly traps: the app cannot go on after one. Ordinary script errors are counted and pass.
  function watch(error) {
    if (typeof WebAssembly !== "object" || !WebAssembly.RuntimeError || !(error instanceof WebAssembly.RuntimeError)) {
      report("script", error);
    } else if (is_ready()) {
      report("crashed", error);
      tell("crashed");
    } else {
      fail("broken", error);
    }
  }

  // The code of this very page stayed away: the server's page remains, and its links and forms are the browser's
  // again. They bubble no further than the page, where the app would take them.
  window.addEventListener("liaison:part-missing", function () {
    before = null;
    keep_apart();
    fail("network");
  });

  window.addEventListener("error", function (event) {
    watch(event.error || event.message);
  });
  window.addEventListener("unhandledrejection", function (event) {
    watch(event.reason);
  });
  watch_builds();

  if (is_off()) {
    if (is_posted()) return;
    show("boot-notice boot-notice--quiet", [
      element("p", "boot-notice__reason", QUIET),
      button(TRY_AGAIN, "boot-notice__button--plain", reload)
    ]);
    return;
  }

  var watcher = new MutationObserver(came_up);
  watcher.observe(root, { attributes: true, attributeFilter: ["data-app"] });
  after_paint(start);
})();

// A recording or video that this engine cannot play (AMR of old phones, say) is no player: its mark makes the styles
// show the words beside it in its place. The event does not rise, so it is caught on the way down.
(function () {
  "use strict";

  function mark(player) {
    if (/^(AUDIO|VIDEO)$/.test(player.tagName)) player.setAttribute("data-cannot-play", "");
  }

  document.addEventListener("error", function (event) {
    if (event.target && event.target.tagName) mark(event.target);
  }, true);
  // It plays after all, when a line that broke is there again.
  document.addEventListener("loadedmetadata", function (event) {
    event.target.removeAttribute("data-cannot-play");
  }, true);
  var players = document.querySelectorAll("audio, video");
  for (var at = 0; at < players.length; at += 1) {
    if (players[at].error) mark(players[at]);
  }
})();
