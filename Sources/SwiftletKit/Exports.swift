// One import for a program: what it trains with, what it trains on, and what comes of it.
@_exported import Architecture
@_exported import BytePairTokenization
@_exported import CharacterTokenization
@_exported import LanguageModel
@_exported import Tokenization
@_exported import Training
@_exported import WordTokenization
