// Package extract says where an account comes from. The sources themselves
// are its subfolders: live (an AWS profile), snapshot (a folder) and
// authdetails (a file of the AWS CLI).
package extract
