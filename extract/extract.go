// Package extract says where an account comes from. The sources themselves
// are its subfolders: live (an AWS profile), snapshot (a folder) and
// authdetails (a file of the AWS CLI).
package extract

// Progress hears how far an extraction is: the stage in a few words, what is
// done of it, and the total, 0 while that is not known. It may be called
// from several goroutines at once.
type Progress func(stage string, done, total int)
