/** What a page gives to be shown. */
export interface View {
  title: string;
  /** The entry of the bottom bar that is lit. */
  tab: "todo" | "report" | "near" | "me";
  /** Where the arrow leads; none on the four pages of the bar. */
  back?: string;
  children: (HTMLElement | null)[];
  /** The page may be drawn anew when something changed; a form may not, for somebody is typing in it. */
  still?: boolean;
}
