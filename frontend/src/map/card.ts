/** The card of the chosen vehicle: a part of a page from the server, read again while it is open. */

const REFRESH_MS = 5000;

export class VehicleCard {
  private timer = 0;

  constructor(
    private readonly box: HTMLElement,
    private readonly onClose: () => void,
  ) {
    box.addEventListener("click", (event) => {
      if ((event.target as Element).closest("[data-card-closes]")) this.close();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !box.hidden) this.close();
    });
  }

  async open(id: number): Promise<void> {
    clearInterval(this.timer);
    this.timer = setInterval(() => this.read(id), REFRESH_MS);
    await this.read(id);
    this.box.hidden = false;
  }

  close(): void {
    clearInterval(this.timer);
    this.box.hidden = true;
    this.onClose();
  }

  private async read(id: number): Promise<void> {
    const answer = await fetch(`/map/card/${id}/`);
    const focused = this.box.contains(document.activeElement);
    if ((answer.ok || answer.status === 404) && !focused) this.box.innerHTML = await answer.text();
  }
}
