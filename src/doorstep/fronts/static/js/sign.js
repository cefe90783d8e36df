// A pad to sign on with a finger, a pen or a mouse. Without it the name is typed, or a picture of the hand is sent.

for (const form of document.querySelectorAll("[data-sign]")) makeAPad(form);

function makeAPad(form) {
  const box = form.querySelector("[data-pad]");
  const pad = box.querySelector("canvas");
  const pen = pad.getContext("2d");
  let last = null;
  let isDrawn = false;
  box.hidden = false;
  Object.assign(pen, { lineWidth: 5, lineCap: "round", lineJoin: "round", strokeStyle: "#14181d" });

  const at = (event) => {
    const place = pad.getBoundingClientRect();
    return [((event.clientX - place.left) * pad.width) / place.width, ((event.clientY - place.top) * pad.height) / place.height];
  };
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    last = at(event);
    event.preventDefault();
  });
  pad.addEventListener("pointermove", (event) => {
    if (!last) return;
    const here = at(event);
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...here);
    pen.stroke();
    last = here;
    isDrawn = true;
  });
  for (const end of ["pointerup", "pointercancel"]) pad.addEventListener(end, () => { last = null; });
  box.querySelector("[data-wipe]").addEventListener("click", () => {
    pen.clearRect(0, 0, pad.width, pad.height);
    isDrawn = false;
    forget();
  });
  // A hand that was sent and refused, or never arrived, is drawn anew after going back.
  const forget = () => {
    form.elements.hand.value = "";
    delete form.dataset.sent;
  };
  addEventListener("pageshow", (event) => { if (event.persisted) forget(); });

  // What was drawn goes with the form as the picture that could also have been chosen; a typed name needs none.
  form.addEventListener("submit", (event) => {
    const field = form.elements.hand;
    if (!isDrawn || field.files.length || form.elements.typed.value || form.dataset.sent) return;
    event.preventDefault();
    pad.toBlob((picture) => {
      const files = new DataTransfer();
      files.items.add(new File([picture], "hand.png", { type: "image/png" }));
      field.files = files.files;
      form.dataset.sent = "yes";
      form.requestSubmit();
    }, "image/png");
  });
  form.dataset.ready = "yes";
}
