package match

// fact is one thing other than a name that an entity's entry states.
type fact struct {
	Kind uint32
	A    int32
	B    int32
	C    uint32
}
