variable "grafana_url" {
  description = "Address of Grafana; the runbook gives it."
  type        = string
}

variable "grafana_auth" {
  description = "`admin:PASSWORD`, or a token; the runbook gives it by the environment."
  type        = string
  sensitive   = true
}

variable "grafana_ca_file" {
  description = "PEM file of authorities to trust in place of the system's."
  type        = string
  default     = null
}

variable "loki_url" {
  description = "Address at which Grafana reaches Loki: its name in Service Connect."
  type        = string
}

variable "applications" {
  description = "The applications: each has a dashboard and two alert rules."
  type        = list(object({ name = string }))
}

variable "contact_email" {
  description = "Who is told when a rule fires."
  type        = string
}
