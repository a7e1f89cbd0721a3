import { NewSimulation } from "./NewSimulation";
import { SimulationList } from "./SimulationList";
import { SimulationView } from "./SimulationView";

export default function Simulations({ path }: { path: readonly string[] }) {
  const [place] = path;
  if (place === undefined) return <SimulationList />;
  return place === "nova" ? <NewSimulation /> : <SimulationView uuid={place} key={place} />;
}
