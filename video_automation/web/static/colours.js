// Beside each field for a colour the browser's palette, which writes into it.

const GREY = "#808080"; // who chooses the colour that a palette has already changes nothing: it is to differ from black

export function prepareColours(within) {
  const pairs = [...within.querySelectorAll(".colour")].map((both) => ["[type=color]", "[type=text]"].map((which) => both.querySelector(which)));
  const show = () => {
    for (const [palette, field] of pairs) {
      if (!field.value) palette.value = GREY;
      else if (field.validity.valid) palette.value = field.value;
    }
  };
  for (const [palette, field] of pairs) {
    palette.hidden = false;
    palette.addEventListener("change", () => {
      field.value = palette.value.toUpperCase();
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  within.addEventListener("change", show);
  show();
}
