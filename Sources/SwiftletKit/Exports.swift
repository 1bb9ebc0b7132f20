// One import for a program: what it trains with, what it trains on, and what comes of it.
@_exported import BytePairTokenization
@_exported import CharacterTokenization
@_exported import Datasets
@_exported import GPT
@_exported import Inference
@_exported import ModelFiles
@_exported import Tokenization
@_exported import Training
@_exported import TrainingEngine
@_exported import WordTokenization
