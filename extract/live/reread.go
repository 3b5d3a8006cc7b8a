package live

import (
	"errors"

	"iamctl/extract/connect"
	"iamctl/inventory"
)

// errChanged means that a part of an entity vanished between the call that
// listed it and the one that read it.
var errChanged = errors.New("changed while it was read")

// errNothing is an answer without the entity that was asked for.
var errNothing = errors.New("the answer is empty")

// rereads is how often an entity that changes under the reader is read.
const rereads = 3

// reread reads an entity, again if it changed meanwhile, and returns nil for
// one that is gone, rest for one that changes again and again.
func reread[T any](read func() (*entry[T], error), rest func() *entry[T]) (*entry[T], error) {
	for range rereads {
		e, err := read()
		switch {
		case err == nil:
			return e, nil
		case connect.Gone(err):
			return nil, nil
		case !errors.Is(err, errChanged):
			return nil, err
		}
	}
	return rest(), nil
}

// unsettled returns the gap on an entity that changed again and again.
func unsettled(entity inventory.Entity, name string) inventory.Gap {
	return inventory.Gap{
		Kind: inventory.GapRead, Entity: entity, Name: name, Blind: true,
		Reason: "the " + string(entity) + " changed again and again while it was read; run again",
	}
}
