// Offline reading, as an extra: nothing on the pages needs it, and browsers without it lose nothing.
//
// Files of a build never change: from here first. Pages and answers come from the network first; what was read last is
// shown again when there is no network. Pages and letters of one's own are kept apart, for the login they were shown to
// (the server names it in `X-Kept-For`), and thrown away when that ends. What is sent is never touched here.
(function () {
  "use strict";

  var SPARE = "offline-1";
  var FILES = "files-1";
  var PAGES = "pages-1";
  var OWN = "own-";
  var OFFLINE = "/offline";
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
    event.waitUntil(self.clients.claim());
  });

  self.addEventListener("fetch", function (event) {
    var request = event.request;
    var url = new URL(request.url);
    if (url.origin !== self.location.origin) return;
    if (request.method !== "GET") {
      // Logging in or out, and whatever changes one's own: what was kept of it is old.
      if (/^\/(mine|auth|api\/v1\/(auth|me))(\/|$)/.test(url.pathname)) event.waitUntil(forget_own(""));
      return;
    }
    if (/^\/a\//.test(url.pathname)) event.respondWith(file(request));
    else if (request.mode === "navigate") event.respondWith(read(event, request, may_keep(url.pathname)));
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
      return cache
        .put(request, response)
        .then(function () {
          return cache.keys();
        })
        .then(function (keys) {
          return Promise.all(
            keys.slice(0, Math.max(0, keys.length - most)).map(function (key) {
              return cache.delete(key);
            })
          );
        });
    });
  }

  function file(request) {
    return caches.match(request, { ignoreVary: true }).then(function (kept) {
      if (kept) return kept;
      return fetch(request).then(function (response) {
        if (response.status === 200 && !response.redirected) keep(FILES, MOST.files, request, response.clone());
        return response;
      });
    });
  }

  function read(event, request, may_be_kept) {
    return fetch(request).then(
      function (response) {
        var who = response.headers.get("X-Kept-For") || "";
        var is_page = request.mode === "navigate";
        // What is not said to be somebody's is everybody's, and only pages are.
        var name = who ? OWN + who : is_page && PUBLIC.test(new URL(request.url).pathname) ? PAGES : "";
        var done = is_page || who ? forget_own(who) : Promise.resolve();
        if (may_be_kept && name && response.status === 200 && !response.redirected) {
          var copy = response.clone();
          done = done.then(function () {
            return keep(name, who ? MOST.own : MOST.pages, request, copy);
          });
        }
        event.waitUntil(done);
        return response;
      },
      function (error) {
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
