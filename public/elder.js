// What the elder mode has besides larger type: letters a size up or down at once, and the page read aloud where the
// engine has a voice. Loaded in the elder mode only; the links for sizes work without it, the button to read stands
// hidden until then.
//
// A classic script in ES5 syntax, like boot.js. It changes attributes of <html> only: the rest is drawn by others.
(function () {
  "use strict";

  if (window.liaisonElder) return;
  window.liaisonElder = true;

  var SIZES = ["22", "26", "30"];
  // Chinese as one reads it to somebody.
  var RATE = 0.9;
  // Engines cut longer pieces off.
  var LONGEST = 120;

  var root = document.documentElement;
  var voice = window.speechSynthesis;
  var pieces = [];

  function closest(node, attribute) {
    while (node && node.nodeType === 1 && !node.hasAttribute(attribute)) node = node.parentNode;
    return node && node.nodeType === 1 ? node : null;
  }

  // ---- sizes ----

  function resize(step) {
    var at = Math.max(0, SIZES.indexOf(root.getAttribute("data-size")));
    var size = SIZES[Math.min(SIZES.length - 1, Math.max(0, at + step))];
    root.setAttribute("data-size", size);
    document.cookie = "mode=elder" + (size === SIZES[0] ? "" : "-" + size) + "; Max-Age=31536000; Path=/; SameSite=Lax";
  }

  // ---- reading ----

  function stop() {
    pieces = [];
    root.removeAttribute("data-reading");
    if (voice) voice.cancel();
  }

  // What can be seen, sentence by sentence.
  function words() {
    var main = document.querySelector("main");
    var lines = main ? main.innerText.replace(/([。？！；])/g, "$1\n").split(/\n+/) : [];
    var all = [];
    for (var i = 0; i < lines.length; i += 1) {
      var line = lines[i].trim();
      while (line.length > LONGEST) {
        all.push(line.slice(0, LONGEST));
        line = line.slice(LONGEST);
      }
      if (line) all.push(line);
    }
    return all;
  }

  function next() {
    var text = pieces.shift();
    if (!text) return stop();
    var spoken = new window.SpeechSynthesisUtterance(text);
    spoken.lang = "zh-CN";
    spoken.rate = RATE;
    spoken.onend = next;
    spoken.onerror = stop;
    voice.speak(spoken);
  }

  function read() {
    if (root.hasAttribute("data-reading")) return stop();
    voice.cancel();
    pieces = words();
    root.setAttribute("data-reading", "");
    next();
  }

  if (voice && window.SpeechSynthesisUtterance) root.setAttribute("data-speech", "");

  // Before anybody else hears the click: an app would take the links for its own.
  document.addEventListener(
    "click",
    function (event) {
      var step = closest(event.target, "data-size-step");
      if (step) {
        event.preventDefault();
        event.stopPropagation();
        resize(Number(step.getAttribute("data-size-step")));
      } else if (closest(event.target, "data-read-aloud")) {
        read();
      } else if (closest(event.target, "href")) {
        stop();
      }
    },
    true
  );
  window.addEventListener("pagehide", stop);
})();
