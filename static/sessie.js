// Warns some minutes before the session ends, and makes it last longer. The windows of this browser tell each other.
(() => {
  "use strict";
  const LOOK_EVERY_MILLISECONDS = 5000;
  const IN = 0, SOON = 1, OVER = 2;
  const line = document.getElementById("sessie");
  const dialog = document.getElementById("sessie-bijna");
  const form = dialog.querySelector("form");
  const [soon, over] = form.querySelectorAll("div");
  const others = new BroadcastChannel("sessie");
  let ends;
  let told = IN;

  function lasts({ seconden, tot }) {
    ends = Date.now() + seconden * 1000;
    told = IN;
    line.querySelector("strong").textContent = tot;
    dialog.close();
  }

  function look() {
    const left = (ends - Date.now()) / 1000;
    const now = left <= 0 ? OVER : left <= Number(line.dataset.waarschuw) ? SOON : IN;
    if (now <= told) return;
    told = now;
    soon.hidden = now === OVER;
    over.hidden = now === SOON;
    if (!dialog.open) dialog.showModal();
  }

  async function longer(event) {
    event.preventDefault();
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "error" });
      const until = await answer.json();
      lasts(until);
      others.postMessage(until);
    } catch {
      ends = Date.now(); // signed out already, or no network: the page says what to do
      look();
    }
  }

  form.addEventListener("submit", longer);
  for (const button of form.querySelectorAll("[type=button]")) button.addEventListener("click", () => dialog.close());
  others.addEventListener("message", ({ data }) => lasts(data));
  document.addEventListener("visibilitychange", look);
  setInterval(look, LOOK_EVERY_MILLISECONDS);
  const until = { seconden: Number(line.dataset.seconden), tot: line.querySelector("strong").textContent };
  lasts(until);
  others.postMessage(until);
})();
