"""The volunteers' workshop: checks on the data, evaluation of the model."""
