// The fields of a form as they would be sent, without secrets and files: for drafts and for seeing a change.
const SKIPPED = new Set(["csrfmiddlewaretoken"]);

export function typed(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const control = form.elements.namedItem(name);
    if (typeof value === "string" && !SKIPPED.has(name) && control?.type !== "password") {
      fields.append(name, value);
    }
  }
  return fields;
}

export function token(form) {
  return form.elements.namedItem("csrfmiddlewaretoken")?.value ?? "";
}
