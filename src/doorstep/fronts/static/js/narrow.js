// A long list of answers is narrowed by typing; what is picked stays in sight, and so does all without this script.

export function narrowChoices() {
  for (const field of document.querySelectorAll("[data-narrows]")) {
    field.hidden = false;
    field.addEventListener("input", () => narrow(field));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }
}

function narrow(field) {
  const wanted = field.value.trim().toLocaleLowerCase().split(/\s+/);
  const answers = [...field.closest("fieldset").querySelectorAll(".choice")];
  for (const answer of answers) {
    const words = answer.textContent.toLocaleLowerCase();
    answer.hidden = !answer.querySelector("input").checked && !wanted.every((word) => words.includes(word));
  }
  field.nextElementSibling.hidden = answers.some((answer) => !answer.hidden);
}
