// Inside WeChat, where the station has an account there: what is shared from a page is a card with its title, its words
// and its picture. Loaded only there. Nothing waits for it, and a page whose script or signature fails stays as it is.
//
// A classic script in ES5 syntax, like boot.js, which runs before it where both are there.
(function () {
  "use strict";

  var LIST = ["updateAppMessageShareData", "updateTimelineShareData"];
  // Pages that only their owner can open: what is shared from them is the front page.
  var OWN = /^\/(mine|write|track|rate|l|auth|desk)(\/|$)/;

  var root = document.documentElement;
  var ios = /iPhone|iPad|iPod/.test(navigator.userAgent);
  // On iOS the page counts as the address that was loaded first, whatever the app shows since.
  var entry = root.getAttribute("data-entry") || here();
  var first = window.location.pathname;
  var last = "";

  function here() {
    return window.location.href.split("#")[0];
  }

  function said(property) {
    var tag = document.querySelector('meta[property="og:' + property + '"]');
    return (tag && tag.content) || "";
  }

  function card() {
    var own = OWN.test(window.location.pathname);
    var home = window.location.protocol + "//" + window.location.host + "/";
    var is_first = window.location.pathname === first;
    return {
      title: own ? said("site_name") || document.title.split(" - ").pop() : document.title,
      desc: !own && is_first ? said("description") : said("site_name"),
      link: own ? home : here(),
      imgUrl: said("image")
    };
  }

  function share() {
    var data = card();
    window.wx.updateAppMessageShareData(data);
    window.wx.updateTimelineShareData({ title: data.title, link: data.link, imgUrl: data.imgUrl });
  }

  function ask(url, done) {
    var request = new XMLHttpRequest();
    request.open("GET", "/api/v1/wechat/js-signature?url=" + encodeURIComponent(url));
    request.onload = function () {
      var signed = null;
      try {
        signed = request.status === 200 && JSON.parse(request.responseText);
      } catch (ignored) {}
      if (signed) done(signed);
    };
    request.send();
  }

  function load(address, done) {
    if (window.wx) return done();
    var script = document.createElement("script");
    script.src = address;
    script.onload = done;
    document.head.appendChild(script);
  }

  // Signs one address; where that one is refused, the other one, once.
  function set_up(url, other) {
    ask(url, function (signed) {
      load(signed.script, function () {
        if (!window.wx || !window.wx.config) return;
        window.wx.ready(share);
        window.wx.error(function () {
          if (other && other !== url) set_up(other, "");
        });
        window.wx.config({
          debug: false,
          appId: signed.app_id,
          timestamp: signed.timestamp,
          nonceStr: signed.nonce,
          signature: signed.signature,
          jsApiList: LIST
        });
      });
    });
  }

  function arrived() {
    var now = here();
    if (now === last) return;
    last = now;
    if (ios) set_up(entry, now);
    else set_up(now, entry);
  }

  arrived();
  // The app has drawn another page once its title changes.
  var title = document.querySelector("title");
  if (title && typeof MutationObserver === "function") {
    new MutationObserver(arrived).observe(title, { childList: true, characterData: true, subtree: true });
  }
})();
