package result

import (
	_ "embed"
	"slices"
)

//go:embed explain.schema.json
var storySchema []byte

// StorySchema returns the JSON Schema of a Story. It refers to that of diff.json as
// diff.schema.json.
func StorySchema() []byte { return slices.Clone(storySchema) }
