import { useParams } from "react-router";
import { useDescription } from "../app/meta";
import { Boundary } from "../kit/Problem";
import { ListScreen } from "./list/ListScreen";
import NotFound from "./NotFound";

export default function List() {
  const { collection = "" } = useParams();
  const object = useDescription(collection);
  if (!object) return <NotFound />;
  return (
    <Boundary>
      <ListScreen key={collection} object={object} />
    </Boundary>
  );
}
