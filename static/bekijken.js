// Says every half minute that this case is open here, as long as it is in sight, and shows who else has it open.
(() => {
  "use strict";
  const EVERY_MILLISECONDS = 30000;
  const line = document.getElementById("bekijkers");
  const body = () => new URLSearchParams({ csrf_token: line.dataset.token });

  async function look() {
    if (document.hidden) return;
    try {
      const answer = await fetch(line.dataset.url, { method: "POST", body: body(), redirect: "error" });
      const { zin } = await answer.json();
      if (line.textContent !== zin) line.textContent = zin;
    } catch {
      // Signed out, or no network: the page still works, and the next act says so.
    }
  }

  addEventListener("pagehide", () => navigator.sendBeacon(line.dataset.weg, body()));
  addEventListener("pageshow", look);
  document.addEventListener("visibilitychange", look);
  setInterval(look, EVERY_MILLISECONDS);
})();
