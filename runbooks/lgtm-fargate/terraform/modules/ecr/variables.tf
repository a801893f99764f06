variable "components" {
  description = "Names of the components."
  type        = set(string)
}
