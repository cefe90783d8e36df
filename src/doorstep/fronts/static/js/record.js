// A spoken note: recorded because a button was pressed, put into the form's own file field, heard before it is sent.

const KINDS = ["audio/webm;codecs=opus", "audio/webm", "audio/mp4"];

for (const part of document.querySelectorAll("[data-records]")) {
  const kind = window.MediaRecorder && KINDS.find((each) => MediaRecorder.isTypeSupported(each));
  if (!kind || !navigator.mediaDevices?.getUserMedia) continue;
  const find = (name) => part.querySelector(`[${name}]`);
  const [start, stop, drop, said, playback] = ["data-record", "data-stop", "data-drop", "data-record-said", "data-playback"].map(find);
  const file = part.querySelector("input[type=file]");
  const words = part.closest("form").elements.words;
  const needsWords = words?.required;
  let recorder;
  find("data-with-recorder").hidden = false;
  find("data-without-recorder").hidden = true;

  const put = (content) => {
    const files = new DataTransfer();
    if (content) files.items.add(new File([content], "note", { type: content.type }));
    file.files = files.files;
    playback.hidden = drop.hidden = !content;
    if (playback.src) URL.revokeObjectURL(playback.src);
    if (content) playback.src = URL.createObjectURL(content);
    said.textContent = content ? part.dataset.kept : "";
    // Spoken is as good as written.
    if (words) words.required = needsWords && !content;
  };

  start.addEventListener("click", async () => {
    let microphone;
    try {
      microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      said.textContent = part.dataset.denied;
      return;
    }
    const pieces = [];
    recorder = new MediaRecorder(microphone, { mimeType: kind, audioBitsPerSecond: 32000 });
    recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    recorder.addEventListener("stop", () => {
      for (const track of microphone.getTracks()) track.stop();
      start.hidden = false;
      stop.hidden = true;
      put(new Blob(pieces, { type: kind.split(";")[0] }));
    });
    recorder.start();
    setTimeout(() => recorder.state === "recording" && recorder.stop(), 1000 * (part.dataset.most - 1));
    start.hidden = true;
    stop.hidden = false;
    said.textContent = part.dataset.recording;
  });
  stop.addEventListener("click", () => recorder.stop());
  drop.addEventListener("click", () => put(null));
}
