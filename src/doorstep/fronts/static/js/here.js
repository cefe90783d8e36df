// A button with data-here gives one position, once, because it was pressed. Nothing is asked before and nothing after.

for (const button of document.querySelectorAll("[data-here]")) {
  if (!navigator.geolocation) continue;
  const form = button.closest("form");
  const said = form.querySelector("[data-here-said]");
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = button.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.lon.value = coords.longitude.toFixed(6);
        form.elements.lat.value = coords.latitude.toFixed(6);
        form.elements.accuracy.value = Math.round(coords.accuracy);
        said.textContent = button.dataset.given;
      },
      () => {
        said.textContent = button.dataset.denied;
      },
      { enableHighAccuracy: true, timeout: 10000, maximumAge: 0 },
    );
  });
}
