// Offline reading, as an extra: nothing on the pages needs it, and browsers without it lose nothing.
//
// While there is a network, this costs as little as it can: pages are asked for before this script is up (navigation
// preload), what is kept of them is written down once they are on the screen, and files go past it (the browser has those
// of a build, which never change); boot.js tells which ones a page needed. Without a network, what was read last is shown
// again. Pages and letters of one's own are kept apart, for the login they were shown to (the server names it in
// `X-Kept-For`), and thrown away when that ends. What is sent is never touched here.
(function () {
  "use strict";

  var SPARE = "offline-1";
  var FILES = "files-1";
  var PAGES = "pages-1";
  var OWN = "own-";
  var OFFLINE = "/offline";
  // Writing waits until nobody has asked for anything for so long, but not for ever: milliseconds.
  var QUIET = 2000;
  var LONGEST = 15000;
  // Entries kept: two builds' files, some pages, somebody's letters.
  var MOST = { files: 60, pages: 20, own: 60 };
  var PUBLIC = /^\/(help|stations|deputies|receptions|cases|events)?(\/[^\/]+)?$/;
  var ANSWERS = /^\/api\/v1\/(me\/messages|messages\/[^\/]+)$/;

  self.addEventListener("install", function (event) {
    event.waitUntil(
      keep_spare().then(function () {
        return self.skipWaiting();
      })
    );
  });

  self.addEventListener("activate", function (event) {
    var preload = self.registration.navigationPreload;
    event.waitUntil(Promise.all([self.clients.claim(), preload && preload.enable()]));
  });

  var last_asked = 0;
  // The last page or answer did not come.
  var cut_off = false;
  // How often something of one's own ended: what was read before then is not written down after it.
  var endings = 0;
  var shown_to = "";

  function is_offline() {
    return cut_off || self.navigator.onLine === false;
  }

  // boot.js: what the page needed.
  self.addEventListener("message", function (event) {
    var addresses = (event.data && event.data.files) || [];
    var files = addresses.filter(function (address) {
      var url = new URL(address, self.location.href);
      return url.origin === self.location.origin && is_file(url);
    });
    event.waitUntil(
      quiet().then(function () {
        return keep_files(files);
      })
    );
  });

  function is_file(url) {
    return /^\/a\//.test(url.pathname);
  }

  self.addEventListener("fetch", function (event) {
    var request = event.request;
    var url = new URL(request.url);
    if (url.origin !== self.location.origin) return;
    last_asked = Date.now();
    if (request.method !== "GET") {
      // Logging in or out, and whatever changes one's own: what was kept of it is old.
      if (/^\/(mine|auth|api\/v1\/(auth|me))(\/|$)/.test(url.pathname)) {
        endings += 1;
        event.waitUntil(forget_own(""));
      }
      return;
    }
    if (is_file(url)) {
      if (is_offline()) event.respondWith(file(request));
    } else if (request.mode === "navigate") event.respondWith(read(event, request, may_keep(url.pathname)));
    else if (ANSWERS.test(url.pathname)) event.respondWith(read(event, request, true));
  });

  // The page for when there is nothing else, as nobody in particular sees it, and its looks.
  function keep_spare() {
    return fetch(OFFLINE, { credentials: "omit" }).then(function (response) {
      return Promise.all([caches.open(SPARE), response.clone().text()]).then(function (both) {
        var styles = both[1].match(/\/a\/[^"]+\.css/g) || [];
        return Promise.all([both[0].put(OFFLINE, response), both[0].addAll(styles)]);
      });
    });
  }

  function may_keep(path) {
    return PUBLIC.test(path) || /^\/mine(\/[A-Z]+-\d[^\/]*)?$/.test(path);
  }

  function keep(name, most, request, response) {
    return caches.open(name).then(function (cache) {
      return cache.put(request, response).then(function () {
        return trim(cache, most);
      });
    });
  }

  // Those kept first go first.
  function trim(cache, most) {
    return cache.keys().then(function (keys) {
      return Promise.all(
        keys.slice(0, Math.max(0, keys.length - most)).map(function (key) {
          return cache.delete(key);
        })
      );
    });
  }

  function file(request) {
    return caches.match(request, { ignoreVary: true }).then(function (kept) {
      return kept || fetch(request);
    });
  }

  function keep_files(addresses) {
    return caches.open(FILES).then(function (cache) {
      return cache
        .keys()
        .then(function (keys) {
          var kept = keys.map(function (key) {
            return key.url;
          });
          return Promise.all(
            addresses.map(function (address) {
              return kept.indexOf(address) < 0 ? keep_file(cache, address) : null;
            })
          );
        })
        .then(function () {
          return trim(cache, MOST.files);
        });
    });
  }

  // The browser itself has it: nothing is transferred.
  function keep_file(cache, address) {
    return fetch(address).then(
      function (response) {
        return response.status === 200 && !response.redirected ? cache.put(address, response) : null;
      },
      function () {}
    );
  }

  // Whoever opens a page needs the processor for it.
  function quiet() {
    var end = Date.now() + LONGEST;
    return new Promise(function (resolve) {
      (function look() {
        var wait = Math.min(last_asked + QUIET, end) - Date.now();
        if (wait > 0) setTimeout(look, wait);
        else resolve();
      })();
    });
  }

  function ask(event, request) {
    return Promise.resolve(event.preloadResponse).then(function (response) {
      return response || fetch(request);
    });
  }

  function read(event, request, may_be_kept) {
    return ask(event, request).then(
      function (response) {
        cut_off = false;
        var who = response.headers.get("X-Kept-For") || "";
        var is_page = request.mode === "navigate";
        // What is not said to be somebody's is everybody's, and only pages are.
        var name = who ? OWN + who : is_page && PUBLIC.test(new URL(request.url).pathname) ? PAGES : "";
        // A login may end without a word from here: the next page is somebody else's.
        if ((is_page || who) && who !== shown_to) {
          endings += 1;
          shown_to = who;
        }
        var before = endings;
        var copy = may_be_kept && name && response.status === 200 && !response.redirected ? response.clone() : null;
        event.waitUntil(
          quiet()
            .then(function () {
              return is_page || who ? forget_own(who) : null;
            })
            .then(function () {
              return copy && (!who || before === endings) && keep(name, who ? MOST.own : MOST.pages, request, copy);
            })
        );
        return response;
      },
      function (error) {
        cut_off = true;
        return caches.match(request, { ignoreVary: true }).then(function (kept) {
          if (kept) return kept;
          if (request.mode !== "navigate") throw error;
          return caches.match(OFFLINE, { cacheName: SPARE, ignoreVary: true }).then(function (spare) {
            if (spare) return spare;
            throw error;
          });
        });
      }
    );
  }

  // All but what belongs to this login.
  function forget_own(who) {
    return caches.keys().then(function (names) {
      return Promise.all(
        names.map(function (name) {
          return name.indexOf(OWN) === 0 && name !== OWN + who ? caches.delete(name) : null;
        })
      );
    });
  }
})();
