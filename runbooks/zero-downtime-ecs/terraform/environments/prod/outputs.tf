output "load_balancer" {
  description = "DNS name of the load balancer, for the record of the host."
  value       = module.service.dns_name
}
