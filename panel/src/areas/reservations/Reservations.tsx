import { ReservationScreen } from "../approvals/ReservationScreen";
import { NewReservation } from "./NewReservation";
import { ReservationList } from "./ReservationList";

export default function Reservations({ path }: { path: readonly string[] }) {
  const [place] = path;
  if (place === undefined) return <ReservationList />;
  if (place === "nova") return <NewReservation />;
  return <ReservationScreen id={Number(place)} back="reservas" key={place} />;
}
