import { Writing } from "../../ui/Writing";
import { NewSimulation } from "./NewSimulation";
import { SimulationList } from "./SimulationList";
import { SimulationView } from "./SimulationView";

export default function Simulations({ path }: { path: readonly string[] }) {
  const [place] = path;
  if (place === undefined) return <SimulationList />;
  if (place !== "nova") return <SimulationView uuid={place} key={place} />;
  return (
    <Writing area="simulations" otherwise="Seu papel lê simulações e não as pede.">
      <NewSimulation />
    </Writing>
  );
}
