// Package randomname recognises the parts of IAM names that AWS and deployment tools
// make up: CloudFormation's suffix, Terraform's time stamp, and so on.
//
// A name that merely ends in letters and digits is none: billing-CUST01ACME42 is what
// somebody called it. What speaks for a tool is the frame of the name, which is the
// tool's own, and the made-up part itself. A time must be one. Letters and digits must
// look drawn at random: it must take more bits to spell them as words, numbers and
// dates, as people name things, than to draw them (words.go). How many more is the
// name's Evidence. Two names of one entity have two made-up parts, so that the
// evidence of both counts: see Same.
//
// The package is pure and knows one name at a time. Which names are one entity's is
// for package pairing.
package randomname
