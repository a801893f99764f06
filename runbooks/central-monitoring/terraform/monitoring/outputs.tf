output "load_balancer" {
  description = "Name, DNS name and zone of the load balancer."
  value = {
    name     = aws_lb.this.name
    dns_name = aws_lb.this.dns_name
    zone_id  = aws_lb.this.zone_id
  }
}

output "cluster" {
  description = "ARN of the ECS cluster."
  value       = aws_ecs_cluster.this.arn
}

output "file_systems" {
  description = "Ids of the disks."
  value       = { for name, disk in aws_efs_file_system.disk : name => disk.id }
}
