// Asks the browser for a passkey and sends its answer with the form. Without this script the form says what to do.
"use strict";
(() => {
  const form = document.querySelector("form[data-passkey]");
  const known = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON;
  if (!form || !known) return;
  const say = (id, shown) => { document.getElementById(id).hidden = !shown; };
  say("passkey-onbekend", false);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("passkey-fout", false);
    const options = JSON.parse(form.dataset.opties);
    try {
      const credential = form.dataset.passkey === "maken"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      form.elements.antwoord.value = JSON.stringify(credential.toJSON());
    } catch {
      say("passkey-fout", true);
      return;
    }
    form.submit();
  });
})();
