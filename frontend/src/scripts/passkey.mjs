// <form data-passkey="create" data-passkey-options="{...}" hidden> makes a passkey before it is sent, data-passkey="get" proves one.
// The options are those of the server as JSON ({"publicKey": {...}}, binary values in base64url); the answer goes, as JSON, into the
// field named "credential". The form shows itself where the browser knows passkeys; [data-passkey-failed] shows when it did not work.
const encode = (buffer) => {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};
const decode = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const named = (list) => list?.map((one) => ({ ...one, id: decode(one.id) }));

function asked({ publicKey: options }) {
  const read = { ...options, challenge: decode(options.challenge) };
  if (options.user) read.user = { ...options.user, id: decode(options.user.id) };
  if (options.excludeCredentials) read.excludeCredentials = named(options.excludeCredentials);
  if (options.allowCredentials) read.allowCredentials = named(options.allowCredentials);
  return { publicKey: read };
}

function answered(credential) {
  const response = {};
  for (const name of ["attestationObject", "authenticatorData", "clientDataJSON", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = encode(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    id: credential.id,
    rawId: encode(credential.rawId),
    response,
    type: credential.type,
  });
}

export function passkeys() {
  if (!window.PublicKeyCredential) return;
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const failed = form.querySelector("[data-passkey-failed]");
      try {
        const options = asked(JSON.parse(form.dataset.passkeyOptions));
        const credential = await navigator.credentials[form.dataset.passkey](options);
        form.elements.namedItem("credential").value = answered(credential);
        form.submit();
      } catch {
        if (failed) failed.hidden = false;
      }
    });
  });
}
