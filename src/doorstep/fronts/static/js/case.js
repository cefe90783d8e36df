// On the page of a case: a micro-grid chosen on the map is put into the form that corrects the place.

document.addEventListener("chosen", ({ detail }) => {
  const field = document.querySelector('[name="microgrid"]');
  if (!field) return;
  field.closest("details").open = true;
  field.value = detail.code;
  field.focus();
});
