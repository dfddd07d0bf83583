// The way out, quicker: the page goes blank at once, and the other site takes its place in the history. Also for Esc, three times.
(() => {
  "use strict";
  const TIMES = 3;
  const WITHIN_MILLISECONDS = 3000;
  const link = document.getElementById("snel-weg");
  let pressed = [];

  function leave(event) {
    event.preventDefault();
    document.documentElement.hidden = true;
    document.title = "…";
    location.replace(link.href);
  }

  function count(event) {
    if (event.key !== "Escape") return void (pressed = []);
    pressed = [...pressed, event.timeStamp].slice(-TIMES);
    if (pressed.length === TIMES && event.timeStamp - pressed[0] <= WITHIN_MILLISECONDS) leave(event);
  }

  link.addEventListener("click", leave);
  document.addEventListener("keydown", count);
  addEventListener("pageshow", (event) => event.persisted && location.reload()); // an earlier page, out of memory
})();
