// A question that depends on another stands on the page only while the other is answered so. Without this each says
// when it is meant, and the server leaves out what does not fit.

for (const form of document.querySelectorAll("[data-questions]")) {
  const dependent = [...form.querySelectorAll("[data-parent]")];
  const look = () => {
    const said = new FormData(form);
    for (const field of dependent) {
      const parent = form.querySelector(`#field-${CSS.escape(field.dataset.parent)}`);
      const fits = field.dataset.parentIs.split(" ").includes(said.get(field.dataset.parent));
      field.hidden = parent.hidden || !fits;
      field.querySelector(".hint").hidden = true;
    }
  };
  form.addEventListener("change", look);
  look();
}
