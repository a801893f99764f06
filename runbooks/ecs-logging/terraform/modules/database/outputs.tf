output "address" {
  description = "Host of the database."
  value       = aws_db_instance.grafana.address
}
