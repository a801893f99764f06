output "load_balancer" {
  description = "DNS name of the load balancer, for the record of `host`."
  value       = module.platform.dns_name
}
