package rewrite

import "iamctl/equivalency"

// fieldSet has a bit for each field.
type fieldSet uint16

const everyField = ^fieldSet(0)

func fieldSetOf(fields []Field) fieldSet {
	if fields == nil {
		return everyField
	}
	var s fieldSet
	for _, f := range fields {
		s |= bit(f)
	}
	return s
}

// keyField is the bit of condition keys.
var keyField = bit(equivalency.ConditionKey)

var bits = func() map[Field]fieldSet {
	m := map[Field]fieldSet{}
	for i, f := range equivalency.Fields() {
		m[f] = 1 << i
	}
	for _, f := range []Field{equivalency.Service, equivalency.Address} {
		m[f] = m[f.Listed()]
	}
	return m
}()

// bit returns the field's bit. A field that the dictionary does not know has
// one that only rules for every field have.
func bit(f Field) fieldSet {
	if b, ok := bits[f]; ok {
		return b
	}
	return 1 << 15
}
