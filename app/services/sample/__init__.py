"""The sample office: a believable month of work, to look around in. Every person, number and order is invented."""

from app.services.sample.material import SamplePerson
from app.services.sample.office import create_sample_office

__all__ = ["SamplePerson", "create_sample_office"]
