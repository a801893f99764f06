variable "repositories" {
  description = "Repositories by image."
  type        = map(string)
}
