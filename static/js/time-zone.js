// Proposes the browser's time zone in select[data-time-zone] while the profile still says UTC.

const select = document.querySelector("select[data-time-zone]");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (select?.value === "UTC" && [...select.options].some((option) => option.value === here)) select.value = here;
